"use client";
import { Network, OctagonX, Play } from "lucide-react";
import Link from "next/link";
import { SelectField } from "@/components/form/fields";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatPlural } from "@/components/ui/format/number";
import { toast } from "@/components/ui/toast";
import type { StoppedNode } from "@/lib/organisation/stops";
import { startSubtree, stopSubtree } from "../actions";

interface SubtreeStopsProps {
  nodes: readonly StoppedNode[];
  /** Parts that the viewer may stop. */
  choices: readonly { id: string; path: string }[];
}

/** The switches over parts of the chart. */
export function SubtreeStops({ nodes, choices }: SubtreeStopsProps) {
  return (
    <Card>
      <CardHeader
        title="Parts of the chart"
        description="A team or an agent, and everything below it."
        actions={
          choices.length > 0 && (
            <ReasonDialog
              title="Stop a part of the chart"
              description="The next decision of every agent at and below it is a deny."
              confirm="Stop"
              action={(fields) => stopSubtree({ id: fields.text("node"), reason: fields.text("reason") })}
              onDone={() => toast.success("Stopped")}
              trigger={
                <Button variant="danger-quiet" size="sm">
                  <OctagonX aria-hidden />
                  Stop a part
                </Button>
              }
            >
              <SelectField
                required
                name="node"
                label="Part"
                placeholder="Choose a team or an agent"
                options={choices.map(({ id, path }) => ({ value: id, label: path }))}
              />
            </ReasonDialog>
          )
        }
      />
      {nodes.length === 0 ? (
        <EmptyState
          level={3}
          icon={Network}
          title="No part is stopped"
          description="What is stopped stands here with the reason, and is started here."
        />
      ) : (
        <CardBody>
          <ul className="flex flex-col divide-y divide-line">
            {nodes.map((node) => (
              <li key={node.id} className="flex items-center gap-3 py-2 first:pt-0 last:pb-0">
                <span className="min-w-0 flex-1 text-sm">
                  <Link href={`/chart?focus=${node.slug}`} className="font-medium underline-offset-4 hover:underline">
                    {node.name}
                  </Link>
                  <span className="text-muted"> · {formatPlural(node.agents, "agent")}</span>
                </span>
                {node.mayResume && (
                  <ReasonDialog
                    title={`Let ${node.name} act again`}
                    description="Agents below it that are suspended themselves stay so."
                    confirm="Let it act"
                    tone="primary"
                    action={(fields) => startSubtree({ id: node.id, reason: fields.text("reason") })}
                    onDone={() => toast.success(`${node.name} may act again`)}
                    trigger={
                      <Button size="sm" aria-label={`Let ${node.name} act again`}>
                        <Play aria-hidden />
                        Let act
                      </Button>
                    }
                  />
                )}
              </li>
            ))}
          </ul>
        </CardBody>
      )}
    </Card>
  );
}
