"use client";
import { OctagonX, Play } from "lucide-react";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { toast } from "@/components/ui/toast";
import { startEverything, stopEverything } from "../actions";

interface EverythingStopProps {
  /** Null: agents act. */
  everything: { reason: string | null } | null;
  mayStop: boolean;
}

/** The switch over the whole organisation. */
export function EverythingStop({ everything, mayStop }: EverythingStopProps) {
  return (
    <Card>
      <CardHeader
        title="Everything"
        description="Every agent of the organisation. Decisions go on being recorded; each is a deny."
        actions={
          everything === null ? (
            <Badge tone="allow">Agents act</Badge>
          ) : (
            <Badge tone="deny">Everything is stopped</Badge>
          )
        }
      />
      <CardBody className="flex flex-wrap items-center gap-3">
        {everything === null ? (
          mayStop ? (
            <ReasonDialog
              title="Stop every agent"
              description="The next decision of every agent is a deny, until somebody lifts it. Running work is not undone, and runs that get no answer in time end by themselves."
              confirm="Stop everything"
              hint="Shown on every page while it is on, and kept in the audit trail."
              action={(fields) => stopEverything({ reason: fields.text("reason") })}
              onDone={() => toast.success("Every agent is stopped")}
              trigger={
                <Button variant="danger">
                  <OctagonX aria-hidden />
                  Stop everything
                </Button>
              }
            />
          ) : (
            <p className="text-sm text-muted">An admin of the organisation can stop every agent at once.</p>
          )
        ) : (
          <>
            <p className="min-w-0 flex-1 text-sm wrap-anywhere">{everything.reason ?? "No reason was given."}</p>
            {mayStop && (
              <ReasonDialog
                title="Let agents act again"
                description="Agents and parts that were stopped one by one stay so."
                confirm="Let agents act"
                tone="primary"
                action={(fields) => startEverything({ reason: fields.text("reason") })}
                onDone={() => toast.success("Agents may act again")}
                trigger={
                  <Button variant="primary">
                    <Play aria-hidden />
                    Let agents act again
                  </Button>
                }
              />
            )}
          </>
        )}
      </CardBody>
    </Card>
  );
}
