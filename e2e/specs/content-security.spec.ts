import { expect, test } from "@/e2e/specs/system/journey";

test("a script that is written into a page does not run, and each request has a nonce of its own", async ({
  browser,
  baseURL,
}) => {
  // A page outside the fixtures: what is refused here is logged as an error, which would fail a journey.
  const page = await browser.newPage({ baseURL });
  const policies: string[] = [];
  for (let visit = 0; visit < 2; visit++) {
    const response = await page.goto("/sign-in");
    policies.push(response?.headers()["content-security-policy"] ?? "");
  }
  expect(policies[0]).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='(;|$)/);
  expect(policies[1]).not.toBe(policies[0]);

  const refused = await page.evaluate(async () => {
    const violation = new Promise<string>((resolve) => {
      document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective), {
        once: true,
      });
    });
    document.body.insertAdjacentHTML("beforeend", `<img src="data:image/png,none" onerror="window.escaped = true">`);
    const script = document.createElement("script");
    script.textContent = "window.escaped = true";
    document.body.append(script);
    return { directive: await violation, escaped: "escaped" in window };
  });
  expect(refused.directive).toMatch(/^script-src/);
  expect(refused.escaped).toBe(false);
  await page.close();
});
