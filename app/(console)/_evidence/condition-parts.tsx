import { Check, CircleAlert, Minus, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import type { Part, Read, Truth } from "@/lib/decisions/explain";
import type { Json } from "@/lib/kernel/json";
import { conditionWords, fieldWords } from "@/lib/policies/builder/words";
import { Value } from "./arguments-view";

const MARKS: Record<Truth, { icon: LucideIcon; className: string; says: string }> = {
  true: { icon: Check, className: "text-accent-text", says: "Yes:" },
  false: { icon: Minus, className: "text-faint", says: "No:" },
  error: { icon: CircleAlert, className: "text-escalate-text", says: "Not known:" },
};

/** What a condition looked at, test by test, in words: which held, and with which values. */
export function ConditionParts({ text, condition }: { text: string; condition: Part }) {
  return (
    <ul className="flex flex-col gap-1.5">
      <PartLine text={text} part={condition} />
    </ul>
  );
}

function PartLine({ text, part }: { text: string; part: Part }) {
  if (part.kind === "test") return <TestLine text={text} part={part} />;
  return (
    <Line truth={part.truth} words={JOINS[part.kind]}>
      <ul className="mt-1 flex flex-col gap-1.5 border-l border-line pl-3">
        {part.parts.map((one) => (
          <PartLine key={`${one.start}:${one.end}`} text={text} part={one} />
        ))}
      </ul>
    </Line>
  );
}

const JOINS: Record<Exclude<Part["kind"], "test">, string> = {
  all: "All of these",
  any: "At least one of these",
  not: "Not this",
  choice: "If the first holds the second, else the third",
};

function TestLine({ text, part }: { text: string; part: Part }) {
  const own = text.slice(part.start, part.end);
  return (
    <Line truth={part.truth} words={capital(conditionWords(own) ?? own)}>
      {part.error !== null && <p className="text-xs text-escalate-text wrap-anywhere">{part.error}</p>}
      {part.reads.length > 0 && (
        <dl className="mt-0.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs">
          {part.reads.map((read) => (
            <ReadValue key={read.text} read={read} />
          ))}
        </dl>
      )}
    </Line>
  );
}

function ReadValue({ read }: { read: Read }) {
  return (
    <div className="flex min-w-0 max-w-full gap-1.5">
      <dt className="shrink-0 text-muted" title={read.text}>
        {fieldWords(read.text)}
      </dt>
      <dd className="min-w-0 font-medium">
        {read.value === undefined ? (
          <span className="font-normal text-faint">not given</span>
        ) : isInstant(read.value) ? (
          <Time value={read.value} format="second" />
        ) : (
          <Value value={read.value} depth={2} />
        )}
      </dd>
    </div>
  );
}

function Line({ truth, words, children }: { truth: Truth; words: string; children?: ReactNode }) {
  const { icon: Icon, className, says } = MARKS[truth];
  return (
    <li className="flex gap-2 text-sm">
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", className)} />
      <div className="min-w-0 flex-1">
        <p className={cn("wrap-anywhere", truth === "false" && "text-muted")}>
          <span className="sr-only">{says} </span>
          {words}
        </p>
        {children}
      </div>
    </li>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const isInstant = (value: Json): value is string =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/.test(value);
