import { script as report } from '../../report/script.js';

/** Sorts tables as in the report, and gives the review page its keys. Every page works without it. */
export const dashboardScript = `${report}
const verdicts = document.querySelector('.verdicts');
if (verdicts) {
  const box = document.getElementById('keys');
  try { box.checked = localStorage.getItem('vouch keys') !== 'off'; } catch { /* no storage: keys stay on */ }
  box.closest('p').hidden = false;
  box.addEventListener('change', () => {
    try { localStorage.setItem('vouch keys', box.checked ? 'on' : 'off'); } catch { /* lasts for this page */ }
  });
  let isSent = false;
  addEventListener('keydown', (event) => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isSent) return;
    if (/^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== 'checkbox') return;
    const target = document.querySelector('[data-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (target) { event.preventDefault(); target.click(); }
  });
  for (const form of verdicts.querySelectorAll('form')) form.addEventListener('submit', () => { isSent = true; });
}
`;
