/**
 * The result of `work`, or an error after `seconds`. `late` is then called, to stop the work as far as it can be
 * stopped.
 */
export function within<T>(seconds: number, work: Promise<T>, late: () => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      late();
      reject(new Error(`this took more than ${seconds} s`));
    }, 1000 * seconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
