// What the person has unfolded, remembered while the window lives.

const choices = $state<Record<string, boolean>>({});

export function isOpen(key: string, otherwise: boolean): boolean {
  return choices[key] ?? otherwise;
}

export function setOpen(key: string, open: boolean): void {
  choices[key] = open;
}
