import type { FastifyInstance } from 'fastify';
import type { Live } from '../bundle/live.js';
import type { CommonOptions } from '../options.js';
import type { Keeper } from '../store/keeper.js';

interface Given {
  options: CommonOptions;
  live: Live;
  keeper: Keeper | null;
  base: string;
}

/** Adds the dashboard to a service that has one. Its code is loaded only then. */
export function withDashboard(app: FastifyInstance, { keeper, ...parts }: Given): void {
  if (parts.options.dashboard === undefined || keeper === null) return;
  app.register(async (inner) => {
    const { dashboardRoutes } = await import('./routes.js');
    dashboardRoutes(inner, { ...parts, keeper });
  });
}
