import { chromium, type Browser, type Page } from "@playwright/test";

import { findBrowser } from "@/e2e/browser";
import { PASSWORD } from "@/e2e/bench/inbox-organisation";

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findBrowser(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });

export async function signedIn(browser: Browser, web: string, email: string): Promise<Page> {
  const context = await browser.newContext({
    baseURL: web,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  // Functions that are sent to the page carry a helper of the compiler, which the page does not have.
  await context.addInitScript("globalThis.__name = (of) => of");
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Console" }).waitFor();
  return page;
}

/** Loads the inbox; how long after the request began its list answers to keys, in milliseconds. */
export async function loadInbox(page: Page): Promise<number> {
  await page.goto("/inbox");
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const [ready] = performance.getEntriesByName("inbox:ready");
          if (ready && document.querySelector('[role="option"]')) resolve(ready.startTime);
          else setTimeout(look, 5);
        };
        look();
      }),
  );
}

/**
 * Approves by key, one after the other with a pause to look between them: for each, the milliseconds from the key's own time stamp until
 * the evidence of the next item (its heading, no skeleton) has been painted. Measured in the page.
 */
export async function decideByKey(page: Page, times: number, pauseMs: number): Promise<number[]> {
  await page.evaluate(() => {
    const heading = () => document.querySelector('section[aria-label^="Request:"] h2')?.textContent ?? null;
    const measured: number[] = [];
    Object.assign(window, { measured });
    let pressed: { at: number; was: string | null } | null = null;
    window.addEventListener(
      "keydown",
      (event) => {
        if (event.key === "a") pressed = { at: event.timeStamp, was: heading() };
      },
      { capture: true },
    );
    new MutationObserver(() => {
      const now = heading();
      if (pressed === null || now === null || now === pressed.was) return;
      const { at } = pressed;
      pressed = null;
      // After the frame that paints it.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", () => measured.push(performance.now() - at));
        port1.start();
        port2.postMessage(null);
      });
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  const count = () => page.evaluate(() => (window as { measured?: number[] }).measured?.length ?? 0);
  for (let done = 0; done < times; done += 1) {
    await page.keyboard.press("a");
    for (const end = Date.now() + 10_000; (await count()) <= done;) {
      if (Date.now() > end) throw new Error(`no next item after ${done} decisions`);
      await page.waitForTimeout(10);
    }
    await page.waitForTimeout(pauseMs);
  }
  return await page.evaluate(() => (window as { measured?: number[] }).measured ?? []);
}

/** Notes when each line of the list comes into the document, by the machine's clock. */
export async function watchList(page: Page): Promise<() => Promise<Record<string, number>>> {
  await page.evaluate(() => {
    const shown: Record<string, number> = {};
    Object.assign(window, { shown });
    new MutationObserver(() => {
      for (const option of document.querySelectorAll<HTMLElement>('[role="option"][data-key]')) {
        shown[option.dataset.key ?? ""] ??= Date.now();
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (window as { shown?: Record<string, number> }).shown ?? {});
}
