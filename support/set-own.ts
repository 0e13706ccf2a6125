/**
 * Sets an own property of an object, whatever its name. A plain assignment to `__proto__` would be lost, or would
 * change the prototype of the object.
 */
export function setOwn(object: object, name: string, value: unknown): void {
  if (name !== '__proto__') (object as Record<string, unknown>)[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
