"use client";
import { formatPlural } from "@/components/ui/format/number";
import { toast } from "@/components/ui/toast";
import {
  dropHeld,
  heldDecision,
  heldDecisions,
  heldWith,
  holdDecision,
  latestDecision,
  type Held,
  type Together,
} from "./held-decisions";
import { forgetPanel, refreshPanel } from "./panel-store";
import { undoWords } from "./undo-words";

type Undoable = Omit<Held, "until">;

/**
 * The one message that offers to take something back: whoever decides twice a second is not to look at ten of them. A new name each
 * time that it appears: one that is on its way out would take the next one with it.
 */
let shown: string | null = null;
let turn = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Keeps what was decided and can still be taken back, one or many by one act, and says so for as long as it can be. */
export function offerUndo(...ones: readonly Held[]): void {
  for (const one of ones) holdDecision(one);
  if (ones.length > 0) showOffer();
}

/** The latest, with what was decided together with it, and how many before; nothing once there is none. */
function showOffer(): void {
  clearTimeout(timer);
  const latest = heldDecision();
  if (latest === null) {
    if (shown !== null) toast.dismiss(shown);
    shown = null;
    return;
  }
  if (shown === null) {
    turn += 1;
    shown = `undo:${turn}`;
  }
  const group = heldWith(latest);
  const { together } = latest;
  const many = together !== undefined && group.length > 1;
  toast.held(shown, many ? together.title : latest.title, {
    untilMs: latest.until,
    description: undoWords(group.length, heldDecisions() - group.length),
    undo: () => void (many ? undoTogether(together, heldWith(latest)) : undoHeld(latest)),
  });
  // An earlier one may live longer: of many that were decided at once each has a time of its own.
  timer = setTimeout(showOffer, Math.max(0, latest.until - Date.now()));
}

/** Takes a decision back: the latest of this tab, unless one is named. Says so when there is none any more. */
export async function undoHeld(named?: Undoable): Promise<void> {
  const one = named ?? (await latestDecision());
  if (one === "refused") return;
  if (one === null) {
    toast.info("Nothing to undo", "What was decided has reached the agent, or was undone.");
    return;
  }
  dropHeld(one.key);
  showOffer();
  const result = await one.takeBack();
  forgetPanel(one.key);
  if (!result.ok) {
    toast.error(result.error.message);
    refreshPanel(one.key);
    return;
  }
  one.onReturn(one.key);
  refreshPanel(one.key);
  toast.info("Taken back", one.title);
}

async function undoTogether({ takeBack }: Together, group: readonly Held[]): Promise<void> {
  for (const { key } of group) dropHeld(key);
  showOffer();
  const back = new Set(await takeBack(group.map(({ key }) => key)));
  for (const { key, onReturn } of group) {
    forgetPanel(key);
    if (back.has(key)) onReturn(key);
  }
  const title = `Took ${formatPlural(back.size, "decision")} back`;
  const late = group.length - back.size;
  if (late > 0) toast.error(title, `For ${formatPlural(late, "more", "more")} it was too late.`);
  else toast.info(title);
}
