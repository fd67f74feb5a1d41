"use client";
import { useRegisteredHotkeys } from "@/components/hotkeys/hotkeys";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { groupHotkeys } from "./group-hotkeys";

/** The keys that work on this page, as they are registered right now. */
export function KeySheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const groups = groupHotkeys(useRegisteredHotkeys());
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keyboard shortcuts" className="max-w-2xl">
        <DialogBody className="grid gap-x-10 gap-y-5 sm:grid-cols-2">
          {groups.map((group) => (
            <section key={group.name} aria-label={group.name}>
              <h3 className="mb-1 text-xs text-muted">{group.name}</h3>
              <dl>
                {group.hotkeys.map((hotkey) => (
                  <div
                    key={`${hotkey.keys}:${hotkey.label}`}
                    className="flex min-h-7 items-center justify-between gap-4"
                  >
                    <dt>{hotkey.label}</dt>
                    <dd>{hotkey.keys !== undefined && <Kbd keys={hotkey.keys} />}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}
