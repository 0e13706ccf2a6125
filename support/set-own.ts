/**
 * Gives an object a property of its own whatever its name: a plain assignment to `__proto__` would be lost, or change what the
 * object inherits.
 */
export function setOwn(object: object, name: string, value: unknown): void {
  if (name !== '__proto__') (object as Record<string, unknown>)[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
