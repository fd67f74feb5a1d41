"use client";
import { AgentChip } from "@/components/domain/agent-chip";
import { tierLabel } from "@/components/domain/tiers";
import { Banner } from "@/components/ui/banner";
import { Time } from "@/components/ui/time";
import type { PanelData } from "@/lib/inbox/panel";
import { PromotionCard } from "../../autonomy/_components/promotion-card";
import { OtherHead } from "./other-head";
import { PanelFrame } from "./panel-frame";
import type { BodyProps } from "./panel-handle";

type Promotion = Extract<PanelData, { kind: "promotion" }>["promotion"];

/** An agent that asks for, or is suggested for, the next tier. */
export function PromotionPanel({ data: promotion, level }: BodyProps<Promotion>) {
  const { agent, state } = promotion;
  return (
    <PanelFrame label={`Promotion of ${agent.name}`} bar={null}>
      <OtherHead
        level={level}
        lead={
          <>
            <AgentChip name={agent.name} href={`/agents/${agent.slug}`} /> would be trusted with
          </>
        }
        title={`More autonomy: ${tierLabel(promotion.toTier)}`}
      >
        asked <Time value={promotion.requestedAt} />
      </OtherHead>
      {state !== "pending" && (
        <Banner
          tone={state === "approved" ? "allow" : "neutral"}
          title={`${capital(state)} by ${promotion.decidedBy ?? "Remit"}`}
        >
          {promotion.comment}
        </Banner>
      )}
      <PromotionCard promotion={promotion} linked />
    </PanelFrame>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
