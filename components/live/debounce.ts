export interface Debounced {
  call: () => void;
  cancel: () => void;
}

/** Runs once calls rest for `restMs`, but at the latest `longestMs` after the first of them. */
export function debounced(run: () => void, restMs: number, longestMs: number): Debounced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let firstAt: number | undefined;
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
    firstAt = undefined;
  };
  return {
    call() {
      const now = Date.now();
      firstAt ??= now;
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          cancel();
          run();
        },
        Math.max(0, Math.min(restMs, firstAt + longestMs - now)),
      );
    },
    cancel,
  };
}
