import { columnFromArray, float64, tableFromColumns, tableToIPC, utf8 } from '@uwdata/flechette';
import type { Frame, TableFormat } from './frame.js';
import { withNulls } from './nulls.js';

/**
 * Arrow IPC. Missing values are null. All frames stay in memory until the end, because an Arrow file is encoded as a
 * whole.
 */
export const arrow: TableFormat = {
  endings: ['.arrow', '.feather'],
  open: (columns) => {
    const frames: Frame[] = [];
    return {
      frame: (frame) => {
        frames.push(frame);
        return new Uint8Array(0);
      },
      end: () => {
        const whole = columns.map(({ name, type }, c) => {
          const values = frames.flatMap((frame) => Array.from(withNulls(frame.columns[c])));
          return [name, columnFromArray(values, type === 'number' ? float64() : utf8())] as const;
        });
        return tableToIPC(tableFromColumns(whole.map(([name, column]) => [name, column])), { format: 'file' })!;
      },
    };
  },
};
