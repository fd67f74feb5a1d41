import { expect, fillSignIn, open, test } from "@/e2e/specs/system/journey";

test("first run: the first admin is made, lands in an empty console that says how to connect an agent, and nobody can do it again", async ({
  freshRemit,
  newcomer,
}) => {
  const page = await newcomer();
  await page.goto("/");
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome to Remit");

  const create = page.getByRole("button", { name: "Create the organisation" });
  await page.getByLabel("Organisation", { exact: true }).fill("Northwind");
  await page.getByLabel("Your name").fill("Ada Root");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill("ada ada ada ada");
  await create.click();
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await page.getByLabel("Password", { exact: true }).fill("quiet harbour 71 lanterns");
  await create.click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await expect(page.getByText("Nothing has run yet.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Describe the agent and what it may ask for" })).toBeVisible();
  await expect(page.getByText(/^npm run -s remit -- apply -f /)).toBeVisible();
  await expect(page.getByText(new RegExp(`${new URL(freshRemit.gate).port}/api/v1/runs`)).first()).toBeVisible();
  for (const [section, empty] of [
    ["Inbox", "Nothing waits for you"],
    ["Runs", "No runs yet"],
    ["Agents", "No agents yet"],
  ] as const) {
    await page.getByRole("navigation", { name: "Console" }).getByRole("link", { name: section }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(section);
    await expect(page.getByText(empty)).toBeVisible();
  }

  const second = await newcomer();
  await second.goto("/welcome");
  await expect(second).toHaveURL(/\/sign-in/);
  await expect(second.getByText("to Northwind")).toBeVisible();
  await fillSignIn(second, "ada@example.com", "quiet harbour 71 lanterns");
  await expect(second.getByRole("heading", { level: 1 })).toHaveText("Overview");
});

test("first run: the demo is one press away, lives within moments, is marked, and can be removed whole", async ({
  newcomer,
}) => {
  const page = await newcomer();
  await page.goto("/");
  await page.getByRole("button", { name: "Explore a demo organisation" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await expect(page.getByText("Demo", { exact: true }).first()).toBeVisible();
  // Agents ask the real gate, and the page follows them by itself.
  await expect(page.getByText("Nothing has run yet.")).toHaveCount(0, { timeout: 120_000 });
  await page.getByRole("navigation", { name: "Console" }).getByRole("link", { name: "Runs" }).click();
  await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();

  // Whoever signs in to a demo need not look for its logins.
  const other = await newcomer();
  await other.goto("/sign-in");
  await other.getByRole("button", { name: /Jonas Weber/ }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Overview");

  await open(page, "/people/me");
  await page.getByRole("button", { name: "Remove the demo" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove the demo" }).click();
  await expect(page).toHaveURL(/\/welcome$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Welcome to Remit");
});
