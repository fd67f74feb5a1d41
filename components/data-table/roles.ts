/**
 * The roles that table elements have by themselves, said again: laid out as cards they are no longer `display: table`,
 * and some browsers then drop their meaning (https://adrianroselli.com/2018/02/tables-css-display-properties-and-aria.html).
 */
export const ROLES = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  header: { role: "columnheader" },
  cell: { role: "cell" },
} as const;
