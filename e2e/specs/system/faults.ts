import { expect, type BrowserContext } from "@playwright/test";

/** The browser says this of every 4xx; a journey to a foreign id expects it, and 5xx are caught by their answer. */
const EXPECTED = /Failed to load resource: the server responded with a status of 4\d\d/;

/** Collects what no journey may bring forth. The returned check fails with all of it. */
export function watchForFaults(context: BrowserContext): () => void {
  const faults: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED.test(message.text()))
      faults.push(`console, ${message.page()?.url()}: ${message.text()}`);
  });
  context.on("weberror", (error) => faults.push(`exception, ${error.page()?.url()}: ${error.error().message}`));
  context.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.request().method()} ${response.url()}`);
  });
  return () => expect(faults).toEqual([]);
}
