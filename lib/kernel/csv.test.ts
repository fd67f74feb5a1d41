import * as fc from "fast-check";
import { expect, it } from "vitest";

import { csvCell, csvLine } from "@/lib/kernel/csv";

/** A reader of one line, as RFC 4180 describes it. */
function read(line: string): string[] {
  const cells: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (const [, quoted, plain] of line.matchAll(pattern)) cells.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
  return cells;
}

it("comes back as it was written, a formula with a ' before it", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
      const back = read(csvLine(cells));
      expect(back.map((cell, i) => (cell === cells[i] ? cell : cell.slice(1)))).toEqual(cells);
    }),
  );
});

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1", '=HYPERLINK("http://x","y")'])(
  "makes no formula of %j",
  (text) => {
    expect(read(`${csvCell(text)}\r\n`)[0]).toBe(`'${text}`);
  },
);

it("leaves numbers, and says nothing for what is not there", () => {
  expect(csvLine([1, null, "a,b", "plain"])).toBe('1,,"a,b",plain\r\n');
});
