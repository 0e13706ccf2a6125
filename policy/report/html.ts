import type { PolicyReport } from './results.js';
export function policyHtml(_report: PolicyReport): string { return ''; }
