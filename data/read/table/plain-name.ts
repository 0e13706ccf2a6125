/** A name without case, spaces, underscores and hyphens, so that `Label Source` is `label_source`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
