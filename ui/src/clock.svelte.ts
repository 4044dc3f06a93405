// The one reader of the clock. It ticks on whole seconds while the window can be seen.

let now = $state(Date.now());
let timer: ReturnType<typeof setTimeout> | undefined;

export const clock = {
  /** Milliseconds since 1970. */
  get now(): number {
    return now;
  },
};

/** Starts ticking; the answer stops it. */
export function startClock(): () => void {
  const look = () => (document.hidden ? pause() : tick());
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    document.removeEventListener("visibilitychange", look);
    pause();
  };
}

function tick(): void {
  pause();
  now = Date.now();
  timer = setTimeout(tick, 1_000 - (now % 1_000));
}

function pause(): void {
  clearTimeout(timer);
}
