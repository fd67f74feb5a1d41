/** What of a document says whether somebody can see it. */
interface Page extends Pick<EventTarget, "addEventListener" | "removeEventListener"> {
  readonly hidden: boolean;
}

/**
 * Acts once the page has been in sight for so long without a break: one in a tab behind, or of a window that is folded away, is not looked at.
 * Returns how to call it off.
 */
export function onceLookedAt(page: Page, forMs: number, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    page.removeEventListener("visibilitychange", look);
  };
  function look(): void {
    clearTimeout(timer);
    if (page.hidden) return;
    timer = setTimeout(() => {
      stop();
      act();
    }, forMs);
  }
  page.addEventListener("visibilitychange", look);
  look();
  return stop;
}
