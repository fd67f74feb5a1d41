/** A page that is not looked at paints nothing: it is not waited for longer. */
const AT_MOST_MS = 100;

/** Resolves once what was rendered just now has been painted. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, AT_MOST_MS);
    requestAnimationFrame(() => {
      // A message is taken after the frame that it was sent in.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => {
        clearTimeout(timer);
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    });
  });
