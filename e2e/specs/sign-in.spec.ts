import { expect, fillSignIn, open, signIn, test } from "@/e2e/specs/system/journey";
import { PASSWORD, PEOPLE } from "@/e2e/specs/system/organisation";

test("a wrong password is named at its field; the right one leads to the page that was wanted; signing out ends it", async ({
  visitor,
}) => {
  const page = await visitor();
  await page.goto("/runs");
  await expect(page).toHaveURL(/\/sign-in\?/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await expect(page.getByLabel("E-mail")).toBeFocused();

  await fillSignIn(page, PEOPLE.ines, "not my password at all");
  await expect(page.getByText("The e-mail or the password is wrong.")).toBeVisible();
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();
  await expect(page.getByLabel("E-mail")).toHaveValue(PEOPLE.ines);

  await fillSignIn(page, PEOPLE.ines, PASSWORD);
  await expect(page).toHaveURL(/\/runs$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Runs");

  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /account and theme/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/runs");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a form that its page cannot handle yet is not sent: the browser would put the password into the address", async ({
  visitor,
}) => {
  const page = await visitor({ javaScriptEnabled: false });
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(PEOPLE.ines);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeDisabled();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole("form", { name: "Sign in" })).toHaveAttribute("method", "post");
});

test("nobody learns from the message whether an address is known", async ({ visitor }) => {
  const page = await visitor();
  await page.goto("/sign-in");
  await fillSignIn(page, "nobody@example.com", PASSWORD);
  await expect(page.getByText("The e-mail or the password is wrong.")).toBeVisible();
});

test("after five wrong passwords even the right one has to wait", async ({ visitor }) => {
  const page = await visitor();
  await page.goto("/sign-in");
  for (let attempt = 1; attempt < 5; attempt++) {
    const answered = page.waitForResponse((response) => response.url().includes("/api/auth/callback/credentials"));
    await fillSignIn(page, PEOPLE.theo, `wrong password ${attempt}`);
    await answered;
    await expect(page.getByText("The e-mail or the password is wrong.")).toBeVisible();
  }
  await fillSignIn(page, PEOPLE.theo, "wrong password 5");
  await expect(page.getByText("Too many attempts. Try again in a minute.")).toBeVisible();
  await page.reload();
  await fillSignIn(page, PEOPLE.theo, PASSWORD);
  await expect(page.getByText(/^Too many attempts\. Try again in (a|2) minutes?\.$/)).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a person who is disabled is signed out at once, without touching anything", async ({ visitor, signedIn }) => {
  const theirs = await visitor();
  await signIn(theirs, PEOPLE.dee);
  await open(theirs, "/agents");
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Agents");

  const admin = await signedIn("ada");
  await open(admin, "/people");
  await admin.getByRole("link", { name: "Dee Okafor" }).click();
  await admin.getByRole("button", { name: "Disable" }).click();
  await expect(admin.getByText("Disabled", { exact: true }).first()).toBeVisible();

  await expect(theirs).toHaveURL(/\/sign-in/);
  await fillSignIn(theirs, PEOPLE.dee, PASSWORD);
  await expect(theirs.getByText("Your account is disabled. Ask an admin of your organisation.")).toBeVisible();
});

test("a changed password ends every other session of the person, and keeps this one", async ({ visitor }) => {
  const [here, elsewhere] = [await visitor(), await visitor()];
  await signIn(here, PEOPLE.pat);
  await signIn(elsewhere, PEOPLE.pat);
  await open(elsewhere, "/runs");
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText("Runs");

  const next = "eleven copper kettles sing";
  await open(here, "/people/me");
  await here.getByLabel("Current password", { exact: true }).fill(PASSWORD);
  await here.getByLabel("New password", { exact: true }).fill(next);
  await here.getByRole("button", { name: "Change the password" }).click();

  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await here.goto("/runs");
  await expect(here.getByRole("heading", { level: 1 })).toHaveText("Runs");

  await fillSignIn(elsewhere, PEOPLE.pat, PASSWORD);
  await expect(elsewhere.getByText("The e-mail or the password is wrong.")).toBeVisible();
  await fillSignIn(elsewhere, PEOPLE.pat, next);
  await expect(elsewhere.getByRole("heading", { level: 1 })).toHaveText("Runs");
});
