"use client";
import Link from "next/link";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { KeyValueList } from "@/components/ui/key-value";
import { RiskBadge } from "@/components/domain/risk-badge";
import type { PanelData } from "@/lib/inbox/panel";
import { KindBadge } from "../../catalogue/_components/kind-badge";
import { AcceptButton } from "../../catalogue/unclassified/_components/accept-button";
import { DismissButton } from "../../catalogue/unclassified/_components/dismiss-button";
import { RequeueButton } from "../../catalogue/unclassified/_components/requeue-button";
import { SuggestionCard } from "../../catalogue/unclassified/_components/suggestion-card";
import { Columns } from "./columns";
import { OtherHead } from "./other-head";
import { PanelBar, PanelFrame } from "./panel-frame";
import type { BodyProps } from "./panel-handle";
import { Section } from "./section";

type Unclassified = Extract<PanelData, { kind: "action" }>;

/** An action that agents ask for and nobody has classified: accept what it seems to be, say otherwise, or dismiss it. */
export function ActionPanel({ data, level }: BodyProps<Unclassified>) {
  const { action, mayClassify, knownSystem } = data;
  const { suggestion } = action;
  const waits = action.dismissedAt === null;
  return (
    <PanelFrame
      label={`Unclassified: ${action.action}`}
      bar={
        mayClassify && (
          <PanelBar>
            {waits && <AcceptButton row={{ action: action.action, suggestion, knownSystem }} size="md" />}
            <Button asChild>
              <Link href={`/catalogue/unclassified/${action.action}`}>Classify by hand</Link>
            </Button>
            <span className="flex-1" />
            {waits ? <DismissButton action={action.action} /> : <RequeueButton action={action.action} />}
          </PanelBar>
        )
      }
    >
      <OtherHead
        level={level}
        lead={`${formatPlural(action.requests, "request")} of ${action.agentNames.join(", ")}${action.agents > action.agentNames.length ? " and others" : ""} for`}
        title={<span className="font-mono break-all">{action.action}</span>}
      >
        {formatCount(action.denied)} denied
      </OtherHead>
      {!waits && <Banner title="Dismissed.">{action.dismissedReason}</Banner>}
      <Columns
        main={
          <Section
            title="What it seems to be"
            description="Until somebody says so, a person is asked each time it is granted."
          >
            <KeyValueList
              items={[
                { label: "System", value: knownSystem ? suggestion.systemId : `${suggestion.systemId}, which is new` },
                { label: "Kind", value: <KindBadge kind={suggestion.kind} /> },
                {
                  label: "Risk",
                  value: <RiskBadge reversibility={suggestion.reversibility} impact={suggestion.impact} />,
                },
                {
                  label: "Data",
                  value: suggestion.dataClasses.length === 0 ? "none" : suggestion.dataClasses.join(", "),
                },
              ]}
            />
            {!mayClassify && <p className="text-sm text-muted">Who keeps the whole catalogue classifies it.</p>}
          </Section>
        }
        aside={<SuggestionCard suggestion={suggestion} samples={action.samples} />}
      />
    </PanelFrame>
  );
}
