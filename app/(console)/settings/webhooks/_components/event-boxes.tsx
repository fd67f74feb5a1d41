"use client";
import { Checkbox } from "@/components/ui/checkbox";
import { KIND_WORDS, NOTICE_KINDS, type NoticeKind } from "@/lib/notify/kinds";

/** Which events it hears; none chosen means all of them, those to come included. */
export function EventBoxes({
  chosen,
  onChange,
}: {
  chosen: readonly NoticeKind[];
  onChange: (events: NoticeKind[]) => void;
}) {
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-sm font-medium">Events</legend>
      <p className="text-xs text-muted">Choose none to hear of everything.</p>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {NOTICE_KINDS.map((kind) => (
          // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the box is a button inside it
          <label key={kind} className="flex items-center gap-2.5 text-sm">
            <Checkbox
              checked={chosen.includes(kind)}
              onCheckedChange={(on) =>
                onChange(NOTICE_KINDS.filter((one) => (one === kind ? on === true : chosen.includes(one))))
              }
            />
            {KIND_WORDS[kind].label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
