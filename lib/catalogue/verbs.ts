import type { Impact, Kind, Reversibility } from "@/lib/tiers/matrices";

/** What a verb says of an action, and why, for a person who checks the suggestion. */
export interface Verb {
  kind: Kind;
  reversibility: Reversibility;
  impact: Impact;
  because: string;
}

const groups: readonly (readonly [words: string, verb: Verb])[] = [
  [
    "get list read search find fetch lookup look query view show check count describe calculate compute think validate verify preview inspect browse load retrieve select scan summarize summarise analyze analyse compare estimate download track trace status whoami help ping",
    { kind: "read", reversibility: "reversible", impact: "low", because: "only looks" },
  ],
  [
    "draft compose prepare outline sketch",
    { kind: "draft", reversibility: "reversible", impact: "low", because: "leaves a draft that a person can discard" },
  ],
  [
    "propose suggest recommend request ask comment escalate handoff handover",
    { kind: "propose", reversibility: "reversible", impact: "low", because: "puts something before people" },
  ],
  [
    "update set edit change rename assign unassign label tag add move route close open reopen archive unarchive restore enable disable hold release mark pause resume save score grade return watch star pin lock unlock put patch modify adjust sort link unlink attach",
    {
      kind: "execute",
      reversibility: "reversible",
      impact: "medium",
      because: "changes something that can be set back",
    },
  ],
  [
    "create book order merge restart reboot replace roll rollback revert schedule reschedule upload import install upgrade approve reject register subscribe unsubscribe write insert upsert copy clone invite grant issue provision scale start stop sync migrate reserve generate submit make new",
    {
      kind: "execute",
      reversibility: "compensable",
      impact: "medium",
      because: "makes something that has to be undone by a second act",
    },
  ],
  [
    "send email mail reply post publish notify message tweet call text forward broadcast announce share export push sign dispatch sms fax",
    {
      kind: "execute",
      reversibility: "irreversible",
      impact: "medium",
      because: "lets something out that cannot be called back",
    },
  ],
  [
    "delete remove cancel drop purge wipe erase destroy terminate kill truncate clear discard revoke uninstall deactivate suspend ban block reset overwrite unpublish empty expire void",
    { kind: "execute", reversibility: "irreversible", impact: "high", because: "takes something away" },
  ],
  [
    "pay refund charge transfer purchase buy invoice credit debit payout withdraw deposit wire reimburse settle sell trade bill donate tip",
    { kind: "execute", reversibility: "irreversible", impact: "high", because: "moves money" },
  ],
  [
    "deploy ship execute exec run eval shell bash apply invoke ssh sudo promote rotate",
    { kind: "execute", reversibility: "irreversible", impact: "high", because: "can do anything that its target can" },
  ],
];

const VERBS: ReadonlyMap<string, Verb> = new Map(
  groups.flatMap(([words, verb]) => words.split(" ").map((word) => [word, verb] as const)),
);

/** What an unknown verb is taken for. */
export const UNKNOWN_VERB: Verb = {
  kind: "execute",
  reversibility: "irreversible",
  impact: "high",
  because: "is no verb that we know, so it is taken for the worst",
};

export const verbOf = (word: string): Verb | undefined => VERBS.get(word);

/** Pairs of which each undoes the other. */
const PAIRS =
  "create delete, add remove, open close, enable disable, hold release, book cancel, archive unarchive, lock unlock, pause resume, link unlink, install uninstall, subscribe unsubscribe, assign unassign, start stop, publish unpublish, grant revoke, upload delete, invite remove, reserve cancel, schedule cancel";

export const OPPOSITES: ReadonlyMap<string, readonly string[]> = PAIRS.split(", ").reduce((map, pair) => {
  const [one = "", other = ""] = pair.split(" ");
  map.set(one, [...(map.get(one) ?? []), other]);
  map.set(other, [...(map.get(other) ?? []), one]);
  return map;
}, new Map<string, string[]>());
