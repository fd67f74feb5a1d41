"use client";
import { type KeyboardEvent, useRef, useState } from "react";

import { EFFECTS } from "@/components/domain/effect-badge";
import { cn } from "@/components/ui/cn";
import { TONES } from "@/components/ui/tone";

type Outcome = "allow" | "review" | "escalate" | "deny";

const WORDS: Record<Outcome, { label: string; key: string }> = {
  allow: { label: "Allow", key: "a" },
  review: { label: "Review", key: "r" },
  escalate: { label: "Ask", key: "e" },
  deny: { label: "Deny", key: "d" },
};

interface MatrixGridProps<R extends string, C extends string, V extends Outcome> {
  label: string;
  rows: readonly { id: R; label: string; hint: string }[];
  /** `unit` is left out where there is no room for it. */
  columns: readonly { id: C; label: string; unit?: string }[];
  /** In the order in which a press goes through them. */
  options: readonly V[];
  value: Record<R, Record<C, V>>;
  saved: Record<R, Record<C, V>>;
  builtIn: Record<R, Record<C, V>>;
  readOnly: boolean;
  onChange: (next: Record<R, Record<C, V>>) => void;
}

/**
 * A matrix of outcomes as a grid: arrows move, Enter and space go on to the next outcome, its letter chooses one, Backspace brings the
 * built-in one back. One cell is in the order of Tab.
 */
export function MatrixGrid<R extends string, C extends string, V extends Outcome>({
  label,
  rows,
  columns,
  options,
  value,
  saved,
  builtIn,
  readOnly,
  onChange,
}: MatrixGridProps<R, C, V>) {
  const [at, setAt] = useState<readonly [row: number, column: number]>([0, 0]);
  const grid = useRef<HTMLTableElement>(null);
  const set = (row: R, column: C, next: V) => {
    if (readOnly || value[row][column] === next) return;
    onChange({ ...value, [row]: { ...value[row], [column]: next } });
  };
  const cycle = (row: R, column: C, by: 1 | -1) => {
    const index = options.indexOf(value[row][column]);
    const next = options[(index + by + options.length) % options.length];
    if (next !== undefined) set(row, column, next);
  };
  const go = (row: number, column: number) => {
    if (row < 0 || row >= rows.length || column < 0 || column >= columns.length) return;
    setAt([row, column]);
    const cell = grid.current?.querySelector(`[data-cell="${row} ${column}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  };
  const onKeyDown = (event: KeyboardEvent, i: number, j: number, row: R, column: C) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const moves: Record<string, [number, number]> = {
      ArrowUp: [i - 1, j],
      ArrowDown: [i + 1, j],
      ArrowLeft: [i, j - 1],
      ArrowRight: [i, j + 1],
      Home: [i, 0],
      End: [i, columns.length - 1],
    };
    const move = moves[event.key];
    const chosen = options.find((option) => WORDS[option].key === event.key.toLowerCase());
    if (move) go(...move);
    else if (chosen !== undefined) set(row, column, chosen);
    else if (event.key === "Backspace" || event.key === "Delete") set(row, column, builtIn[row][column]);
    else return;
    // The page's own keys rest: `g` and friends still work, as they are no letters of an outcome.
    event.preventDefault();
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
  };
  return (
    <div className="overflow-x-auto">
      <table
        ref={grid}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table of buttons that arrows walk through
        role="grid"
        aria-label={label}
        aria-readonly={readOnly}
        className="w-full min-w-max border-separate border-spacing-0.5 text-sm sm:border-spacing-1"
      >
        <thead>
          <tr>
            <td aria-label="Row">{null}</td>
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className="px-1 pb-1 text-left text-xs font-medium text-muted max-sm:text-2xs"
              >
                {column.label}
                {column.unit !== undefined && <span className="max-sm:sr-only"> {column.unit}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.id}>
              <th scope="row" className="pr-3 text-left font-medium max-sm:pr-0 max-sm:text-xs">
                {row.label}
                <span className="block text-xs font-normal text-muted max-md:hidden">{row.hint}</span>
              </th>
              {columns.map((column, j) => (
                <td key={column.id} className="p-0">
                  <Cell
                    outcome={value[row.id][column.id]}
                    builtIn={builtIn[row.id][column.id]}
                    unsaved={value[row.id][column.id] !== saved[row.id][column.id]}
                    name={`${row.label}, ${[column.label, column.unit].filter(Boolean).join(" ")}`}
                    place={`${i} ${j}`}
                    tabbable={at[0] === i && at[1] === j}
                    readOnly={readOnly}
                    onFocus={() => setAt([i, j])}
                    onPress={(back) => cycle(row.id, column.id, back ? -1 : 1)}
                    onKeyDown={(event) => onKeyDown(event, i, j, row.id, column.id)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellProps {
  outcome: Outcome;
  builtIn: Outcome;
  unsaved: boolean;
  name: string;
  place: string;
  tabbable: boolean;
  readOnly: boolean;
  onFocus: () => void;
  onPress: (back: boolean) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Cell({ outcome, builtIn, unsaved, name, place, tabbable, readOnly, onFocus, onPress, onKeyDown }: CellProps) {
  const { tone, icon: Icon } = EFFECTS[outcome];
  const differs = outcome !== builtIn;
  const told = [
    `${name}: ${WORDS[outcome].label}`,
    differs ? `built in: ${WORDS[builtIn].label}` : "as built in",
    ...(unsaved ? ["not saved"] : []),
  ].join(", ");
  return (
    <button
      type="button"
      data-cell={place}
      aria-label={told}
      aria-disabled={readOnly}
      title={differs ? `Built in: ${WORDS[builtIn].label}` : undefined}
      tabIndex={tabbable ? 0 : -1}
      onFocus={onFocus}
      onClick={(event) => onPress(event.shiftKey)}
      onKeyDown={onKeyDown}
      className={cn(
        "relative flex h-9 w-full min-w-12 items-center gap-1.5 rounded-md border px-1.5 text-left font-medium max-sm:text-xs sm:px-2 transition-colors sm:min-w-24",
        TONES[tone].soft,
        readOnly ? "cursor-default" : "cursor-pointer hover:brightness-97 dark:hover:brightness-110",
        unsaved && "outline-2 outline-offset-1 outline-accent",
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0 max-sm:hidden" />
      {WORDS[outcome].label}
      {differs && <span aria-hidden className="absolute right-1.5 top-1.5 size-1.5 rounded-full bg-current" />}
    </button>
  );
}
