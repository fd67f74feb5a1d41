"use client";
import { useState } from "react";

import { EnvelopeDialog } from "@/app/(console)/_envelopes/envelope-dialog";
import { EnvelopeMeters } from "@/components/domain/envelope-meters";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { EnvelopeView } from "@/lib/budgets/views";

/** What the agent and the nodes above it may use and have used; a manager above sets the agent's own here. */
export function EnvelopeCard({ agent, view }: { agent: { id: string; name: string }; view: EnvelopeView }) {
  const [open, setOpen] = useState(false);
  useHotkeys(
    [
      {
        keys: "e",
        label: `Set the envelope of ${agent.name}`,
        group: "Agent",
        palette: true,
        run: () => setOpen(true),
      },
    ],
    { enabled: view.maySet },
  );
  const nothing = view.meters.length === 0 && view.runs.length === 0 && !view.unreadable;
  return (
    <Card>
      <CardHeader
        title="Envelopes"
        description="Its own and those of every node above: a request must fit them all."
        actions={
          view.maySet && (
            <Button variant="secondary" size="sm" onClick={() => setOpen(true)}>
              Set envelope
            </Button>
          )
        }
      />
      <CardBody>
        {nothing ? (
          <p className="text-sm text-muted">No envelope binds it: what it costs is counted, and not limited.</p>
        ) : (
          <EnvelopeMeters view={view} ownId={agent.id} />
        )}
      </CardBody>
      {view.maySet && (
        <EnvelopeDialog
          node={agent}
          view={{ ...view, ...ownOnly(view, agent.id) }}
          open={open}
          onOpenChange={setOpen}
        />
      )}
    </Card>
  );
}

/** In the dialog, only what is set there. */
const ownOnly = ({ meters, runs }: EnvelopeView, id: string) => ({
  meters: meters.filter((meter) => meter.nodeId === id),
  runs: runs.filter((run) => run.nodeId === id),
});
