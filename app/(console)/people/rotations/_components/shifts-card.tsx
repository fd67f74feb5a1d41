"use client";
import { CalendarClock, X } from "lucide-react";

import { Soon } from "@/components/domain/soon";
import { useAction } from "@/components/form/use-action";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toast";
import type { RotationDetail } from "@/lib/rotations/views";
import { swap, unswap } from "../actions";
import { SwapDialog } from "./swap-dialog";

/** Who is on call when from now on, and who stands in. */
export function ShiftsCard({ rotation, hasBegun }: { rotation: RotationDetail; hasBegun: boolean }) {
  const { id, turns, overrides, members, mayWrite } = rotation;
  return (
    <Card>
      <CardHeader
        title="Turns"
        description="From now on, stand-ins included."
        actions={mayWrite && <SwapDialog rotationId={id} members={members} />}
      />
      {turns.length === 0 ? (
        <EmptyState
          level={3}
          icon={CalendarClock}
          title="No turns"
          description="Its first turn cannot be worked out."
        />
      ) : (
        <ol className="divide-y divide-line text-sm">
          {turns.map((turn, index) => (
            <li
              key={new Date(turn.startsAt).getTime()}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2"
            >
              <Avatar name={turn.name} size="sm" />
              <span className="min-w-24 flex-1 truncate font-medium">
                {turn.name}
                {turn.insteadOf !== null && <span className="font-normal text-muted"> for {turn.insteadOf}</span>}
              </span>
              {index === 0 && hasBegun && <Badge tone="allow">On call</Badge>}
              <span className="text-muted">
                <Soon at={turn.startsAt} /> – <Soon at={turn.endsAt} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {overrides.length > 0 && (
        <section aria-label="Stand-ins" className="border-t border-line px-4 py-3">
          <h3 className="text-xs font-medium text-muted">Stand-ins</h3>
          <ul className="mt-1 flex flex-col gap-1 text-sm">
            {overrides.map((one) => (
              <li key={one.id} className="flex items-center gap-3">
                <span className="min-w-0 flex-1 truncate">
                  {one.name}{" "}
                  <span className="text-muted">
                    <Soon at={one.startsAt} /> – <Soon at={one.endsAt} />
                  </span>
                </span>
                {mayWrite && <TakeBack rotation={rotation} override={one} />}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Card>
  );
}

interface TakeBackProps {
  rotation: RotationDetail;
  override: RotationDetail["overrides"][number];
}

function TakeBack({ rotation, override }: TakeBackProps) {
  const again = useAction(swap);
  const { run, pending } = useAction(unswap, {
    onSuccess: () => {
      const personId = rotation.members.find((member) => member.name === override.name)?.id;
      if (personId === undefined) return;
      toast.undo(`${override.name} stands in no longer`, () =>
        again.run({
          rotationId: rotation.id,
          personId,
          startsAt: new Date(override.startsAt).toISOString(),
          endsAt: new Date(override.endsAt).toISOString(),
        }),
      );
    },
  });
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      pending={pending}
      aria-label={`${override.name} does not stand in`}
      onClick={() => run({ overrideId: override.id })}
    >
      <X aria-hidden />
    </Button>
  );
}
