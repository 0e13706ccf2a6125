import { quiet } from './quiet.js';
import { opened, type Rung, unavailable } from './rung.js';

/** tfjs's plain JavaScript kernels: the last resort, and the simplest reference to check the others. */
export const cpu: Rung = {
  name: 'cpu',
  remedy: 'Reinstall vouch: @tensorflow/tfjs-backend-cpu is part of it.',
  async open(tf) {
    quiet(tf);
    await import('@tensorflow/tfjs-backend-cpu');
    if (!(await tf.setBackend('cpu'))) return unavailable('its kernels did not start');
    return opened('plain JavaScript, one thread');
  },
};
