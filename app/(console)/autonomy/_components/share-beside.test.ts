import { expect, it } from "vitest";

import { shareBeside } from "@/app/(console)/autonomy/_components/share-beside";

it.each([
  [0.9474, 0.95, false, "94.7%"],
  [0.94999, 0.95, false, "94.9%"],
  [0.95, 0.95, false, "95%"],
  [0.93, 0.95, false, "93%"],
  [0.9801, 0.95, false, "98%"],
  [0.0501, 0.05, true, "5.1%"],
  [0.05, 0.05, true, "5%"],
  [0.2, 0.05, true, "20%"],
])("%d beside %d never looks like what it misses", (value, wanted, most, text) => {
  expect(shareBeside(value, wanted, most)).toBe(text);
});
