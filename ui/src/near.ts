// Tells when an element comes near the window and when it goes away. One observer for all.

type Moved = (near: boolean, element: HTMLElement) => void;

const listeners = new WeakMap<Element, Moved>();
let observer: IntersectionObserver | undefined;

/** An attachment that calls back on each crossing, more than half a window ahead. */
export function near(moved: Moved): (element: HTMLElement) => () => void {
  return (element) => {
    observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting, target as HTMLElement);
      },
      { rootMargin: "60% 0px" },
    );
    listeners.set(element, moved);
    observer.observe(element);
    return () => observer?.unobserve(element);
  };
}
