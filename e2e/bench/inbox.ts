import { startRemit } from "@/e2e/specs/system/start";
import { openEars, organiseInbox, REVIEWERS } from "@/e2e/bench/inbox-organisation";
import { decideByKey, loadInbox, openBrowser, signedIn, watchList } from "@/e2e/bench/inbox-page";
import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";

/** Prints how fast the inbox is with 10,000 items and 200 open inboxes. `node --import tsx e2e/bench/inbox.ts` */
const WAITING = 10_000;
const LOADS = 15;
const DECISIONS = 200;
/** A reviewer who decides three times a second: faster than anybody reads. */
const PAUSE_MS = 300;
const INBOXES = 200;
const ARRIVALS = 40;
const BETWEEN_MS = 400;
const WANTED = { usable: 1_000, next: 50, arrival: 300 };

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const ms = (value: number): string => `${Math.round(value)} ms`;
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const spread = (values: readonly number[]): string =>
  `median ${ms(quantile(values, 0.5))}, 95th ${ms(quantile(values, 0.95))}, worst ${ms(Math.max(...values))}`;
const rest = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

const remit = await startRemit();
const pool = createPool(remit.runtimeUrl, { applicationName: "remit bench" });
const browser = await openBrowser();
try {
  const run = await organiseInbox(createDb(pool), remit.gate, WAITING);
  const page = await signedIn(browser, remit.web, REVIEWERS[0] ?? "");

  await loadInbox(page);
  const loads: number[] = [];
  for (let at = 0; at < LOADS; at += 1) loads.push(await loadInbox(page));
  say(
    `The page answers to keys, ${WAITING.toLocaleString("en-US")} waiting: ${spread(loads)} (wanted: ${ms(WANTED.usable)})`,
  );

  // The riskiest stand first, and high risk asks to confirm: those of low risk are decided with one key.
  await page.goto("/inbox?risk=low");
  await page.getByRole("region", { name: /^Request:/ }).waitFor();
  await rest(1_000);
  const next = await decideByKey(page, DECISIONS, PAUSE_MS);
  say(
    `The next item is painted after a decision by key: ${spread(next)} (wanted: 95th ${ms(WANTED.next)}); ${DECISIONS} decisions`,
  );

  const ears = await openEars(remit.web, INBOXES - 1);
  await page.goto("/inbox?view=all&system=crm&risk=low");
  const shown = await watchList(page);
  await rest(3_000);
  const committed = new Map<string, number>();
  for (let at = 0; at < ARRIVALS; at += 1) {
    const asked = await run.ask({ action: "crm.update_account", args: { account_id: `new-${at}` } }, `new-${at}`);
    committed.set(`approval:${asked.approval?.id}`, Date.now());
    await rest(BETWEEN_MS);
  }
  await rest(2_000);
  const heard = ears.flatMap((ear) =>
    [...committed].map(([key, since]) => (ear.heard.get(key) ?? Number.POSITIVE_INFINITY) - since),
  );
  say(
    `A new item reaches ${INBOXES - 1} open inboxes of ${REVIEWERS.length} people: ${spread(heard)} (wanted: ${ms(WANTED.arrival)}); ${ARRIVALS} items`,
  );
  const seen = await shown();
  const painted = [...committed].flatMap(([key, since]) => (seen[key] === undefined ? [] : [seen[key] - since]));
  if (painted.length > 0)
    say(`The same in a browser, in the list: ${spread(painted)}; ${painted.length} of ${ARRIVALS} stood in sight`);
  for (const ear of ears) ear.close();
} finally {
  await browser.close();
  await pool.end();
  await remit.stop();
}
