import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { onceLookedAt } from "./once-looked-at";

class Page extends EventTarget {
  hidden = false;

  show(shown: boolean): void {
    this.hidden = !shown;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

let page: Page;
let looks: number;
const watch = () => onceLookedAt(page, 500, () => (looks += 1));

beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  looks = 0;
});
afterEach(() => void vi.useRealTimers());

it("counts a page that stays in sight, once", () => {
  watch();
  vi.advanceTimersByTime(499);
  expect(looks).toBe(0);
  vi.advanceTimersByTime(1);
  page.show(false);
  page.show(true);
  vi.advanceTimersByTime(5_000);
  expect(looks).toBe(1);
});

it("counts nothing while the page is out of sight, and begins anew when it comes back", () => {
  page.hidden = true;
  watch();
  vi.advanceTimersByTime(60_000);
  page.show(true);
  vi.advanceTimersByTime(400);
  page.show(false);
  vi.advanceTimersByTime(60_000);
  page.show(true);
  vi.advanceTimersByTime(499);
  expect(looks).toBe(0);
  vi.advanceTimersByTime(1);
  expect(looks).toBe(1);
});

it("counts nothing once it is called off", () => {
  watch()();
  page.show(true);
  vi.advanceTimersByTime(5_000);
  expect(looks).toBe(0);
});
