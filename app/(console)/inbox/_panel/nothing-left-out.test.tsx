import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";

import { ArgumentsView } from "@/app/(console)/_evidence/arguments-view";
import { ChangeView } from "@/app/(console)/inbox/_panel/change-view";

const hundred = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`argument_${at}`, `value ${at}.`]));
const deep = {
  a: { b: { c: { d: `${"x".repeat(5_000)} the end` } } },
  list: Array.from({ length: 90 }, (_, at) => ({ at })),
};

it("what is confirmed is there whole, however many arguments an agent sends before the one that matters", () => {
  const html = renderToStaticMarkup(<ChangeView args={{ ...hundred, deep }} present={null} whole />);
  expect(html).toContain("value 99.");
  expect(html).toContain("the end");
  expect(html).toContain(">89<");
  expect(html).not.toMatch(/\d+ more argument/);
});

it("what is too much at first is folded, and says how much it is", () => {
  const html = renderToStaticMarkup(<ArgumentsView value={{ ...hundred, deep }} label="Arguments" />);
  expect(html).toContain("61 more arguments");
  expect(html).toContain("value 99.");
  expect(html).toContain("50 more");
  expect(html).toContain("the end");
  const panel = renderToStaticMarkup(<ChangeView args={hundred} present={null} />);
  expect(panel).toContain("60 more arguments");
});
