/* oxlint-disable no-empty-pattern -- Playwright reads from the first parameter which fixtures one needs: some need none */
import {
  expect,
  test as base,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from "@playwright/test";

import { PASSWORD, type AgentSlug, type PEOPLE } from "@/e2e/specs/system/organisation";
import { sharedSystem } from "@/e2e/specs/system/shared";
import { startRemit, type RunningRemit } from "@/e2e/specs/system/start";
import { watchForFaults } from "@/e2e/specs/system/faults";
import { RemitClient, type RunClient } from "@/lib/client/client";
import { createDb, type Db } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { newId } from "@/lib/kernel/ids";

export type Theme = "light" | "dark";

interface SignedInOptions {
  theme?: Theme;
  width?: number;
}

interface Journey {
  /** A page of a browser of its own, signed in as that person. */
  signedIn: (person: keyof typeof PEOPLE, options?: SignedInOptions) => Promise<Page>;
  /** A page of a browser of its own, nobody signed in. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
  /** A Remit of the test's own in which nothing is yet, and a page of a browser of its own there. */
  freshRemit: RunningRemit;
  newcomer: () => Promise<Page>;
  /** Starts a run of an agent at the real gate. */
  agent: typeof startRun;
  db: Db;
}

interface PerWorker {
  workerDb: Db;
  sessions: Map<string, Awaited<ReturnType<BrowserContext["storageState"]>>>;
}

export function startRun(
  slug: AgentSlug,
  run: { onBehalfOf?: { subject: string }; instruction?: string } = {},
): Promise<RunClient> {
  const { gate, credentials } = sharedSystem();
  return new RemitClient(credentials[slug] ?? "", { baseUrl: gate, retryForMs: 30_000 }).startRun(
    { trigger: { kind: "e2e", source: "journey" }, ttlSeconds: 600, ...run },
    newId(),
  );
}

/** Every page of a journey fails it when the browser logs an error, an exception escapes, or the server answers 5xx. */
export const test = base.extend<Journey, PerWorker>({
  workerDb: [
    async ({}, use) => {
      const pool = createPool(sharedSystem().runtimeUrl, { applicationName: "remit e2e", max: 3 });
      const db = createDb(pool);
      await use(db);
      await db.$disconnect();
      await pool.end();
    },
    { scope: "worker" },
  ],
  sessions: [async ({}, use) => use(new Map()), { scope: "worker" }],
  baseURL: async ({}, use) => use(sharedSystem().web),
  db: async ({ workerDb }, use) => use(workerDb),
  visitor: async ({ browser, baseURL }, use) => {
    const opened = opener(browser, baseURL);
    await use((options = {}) => opened.page(options));
    await opened.close();
  },
  freshRemit: async ({}, use) => {
    const remit = await startRemit();
    await use(remit);
    await remit.stop();
  },
  newcomer: async ({ browser, freshRemit }, use) => {
    const opened = opener(browser, freshRemit.web);
    await use(() => opened.page({}));
    await opened.close();
  },
  signedIn: async ({ browser, baseURL, sessions }, use) => {
    const opened = opener(browser, baseURL);
    await use(async (person, { theme = "light", width = 1440 } = {}) => {
      const email = `${person}@example.com`;
      if (!sessions.has(email)) {
        const page = await opened.page({});
        await signIn(page, email);
        sessions.set(email, await page.context().storageState());
        await page.context().close();
      }
      return opened.page({
        storageState: sessions.get(email),
        colorScheme: theme,
        viewport: { width, height: width < 600 ? 812 : 900 },
      });
    });
    await opened.close();
  },
  agent: async ({}, use) => use(startRun),
});

export { expect };

/** Goes there and waits until the page answers to its reader. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await answers(page);
}

/** Waits until the page answers to its reader, and is there whole: what is pressed before that is lost, and what still comes may stand twice. */
export async function answers(page: Page): Promise<void> {
  await expect(page.getByText("Live", { exact: true }).first()).toBeAttached();
  await expect(page.locator('div[hidden][id^="S:"]')).toHaveCount(0);
}

/** Until when an agent of a journey waits for a person: it ends only what hangs. */
export const patience = (): number => Date.now() + 200_000;

/** Fills in the form and waits for the console. */
export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/sign-in");
  await fillSignIn(page, email, password);
  await expect(page.getByRole("navigation", { name: "Console" })).toBeVisible();
}

export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

function opener(browser: Browser, baseURL: string | undefined) {
  const contexts: BrowserContext[] = [];
  const checks: (() => void)[] = [];
  return {
    page: async (options: BrowserContextOptions): Promise<Page> => {
      const context = await browser.newContext({
        baseURL,
        reducedMotion: "reduce",
        locale: "en-GB",
        timezoneId: "UTC",
        ...options,
      });
      contexts.push(context);
      checks.push(watchForFaults(context));
      return context.newPage();
    },
    close: async (): Promise<void> => {
      await Promise.all(contexts.map((context) => context.close()));
      for (const check of checks) check();
    },
  };
}
