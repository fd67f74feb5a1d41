import type { Page } from "@playwright/test";
import axe, { type RunOptions } from "axe-core";

/** WCAG 2.2, A and AA. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * As axe comes it lets the page work between two rules, and judges by the tree that it read before the first what the page has changed
 * since. With microtasks for its timers it looks at one moment.
 */
const AXE = `((setTimeout) => { ${axe.source} })((act) => queueMicrotask(act))`;

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/** Violations on the page as it stands, each with its element. `contrast`: where only colours can differ from what was looked at before. */
export async function violations(page: Page, rules: "all" | "contrast"): Promise<string[]> {
  // Once for a page, whose looks are many: to read axe takes longer than to run it. There are no frames that would need it, too.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const options = {
    // Of what passed one node a rule is told: to describe thousands that nobody reads would be a third of the time.
    resultTypes: ["violations"],
    preload: false,
    runOnly: rules === "all" ? { type: "tag", values: TAGS } : { type: "rule", values: ["color-contrast"] },
  } as const satisfies RunOptions;
  return page.evaluate(async (how) => {
    const results = await window.axe?.run(how);
    if (!results) throw new Error("axe is not on the page");
    return results.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(
        ({ target, html, any }) =>
          `${id}: ${help}: ${target.join(" ")}: ${html.slice(0, 160)}: ${any[0]?.message ?? ""}`,
      ),
    );
  }, options);
}
