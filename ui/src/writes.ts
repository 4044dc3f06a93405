// Whether a key or a paste belongs to a field.

export function onField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, select, textarea");
}
