/** Marks the element of a row that takes the focus: its link. */
export const ROW_LINK = "data-row-link";

/** Moves the focus by whole rows (1 down, -1 up) within a table's body; from outside it enters at the nearer end. */
export function moveRowFocus(body: HTMLElement, step: 1 | -1): void {
  const links = [...body.querySelectorAll<HTMLElement>(`[${ROW_LINK}]`)];
  const row = document.activeElement?.closest("tr");
  const at = links.findIndex((link) => link.closest("tr") === row);
  const target = at === -1 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  const link = links[target];
  link?.focus();
  link?.closest("tr")?.scrollIntoView({ block: "nearest" });
}
