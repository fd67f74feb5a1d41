"use client";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Select } from "@/components/ui/select";
import { CHANNELS, type Channel, type Choice } from "@/lib/notify/choices";
import { type ChoiceId, isUrgentChoice, KIND_WORDS, kindOf } from "@/lib/notify/kinds";

const CHANNEL_LABELS: Record<Channel, string> = { app: "In app", email: "E-mail", chat: "Chat" };
const PACES = [
  { value: "now", label: "At once" },
  { value: "hourly", label: "Hourly" },
  { value: "daily", label: "Daily digest" },
];

interface ChoiceRowProps {
  id: ChoiceId;
  choice: Choice;
  /** Channels by which nothing can come yet. */
  unreachable: readonly Channel[];
  onChange: (id: ChoiceId, choice: Choice) => void;
}

/** One kind, or the urgent part of one: its channels and its pace. */
export function ChoiceRow({ id, choice, unreachable, onChange }: ChoiceRowProps) {
  const words = KIND_WORDS[kindOf(id)];
  const urgent = isUrgentChoice(id);
  const label = id.endsWith("!") ? `${words.label}, ${words.urgentWhen}` : words.label;
  const toggle = (channel: Channel, on: boolean) =>
    onChange(id, {
      ...choice,
      channels: CHANNELS.filter((one) => (one === channel ? on : choice.channels.includes(one))),
    });
  return (
    <div
      role="row"
      className="grid grid-cols-3 items-center gap-2 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_3.5rem_3.5rem_3.5rem_8.5rem]"
    >
      <div role="rowheader" className="min-w-0 max-sm:col-span-3">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {label}
          {urgent && <Badge tone="deny">Urgent</Badge>}
        </p>
        <p className="text-xs text-muted">{words.meaning}</p>
      </div>
      {CHANNELS.map((channel) => (
        <div role="cell" key={channel} className="flex items-center gap-2 sm:justify-center">
          <Checkbox
            aria-label={`${label}: ${CHANNEL_LABELS[channel]}`}
            checked={choice.channels.includes(channel)}
            onCheckedChange={(on) => toggle(channel, on === true)}
            className={cn(unreachable.includes(channel) && "border-dashed")}
          />
          <span aria-hidden className="text-xs text-muted sm:hidden">
            {CHANNEL_LABELS[channel]}
          </span>
        </div>
      ))}
      <div role="cell" className="max-sm:col-span-3">
        {urgent ? (
          <span className="px-2.5 text-sm text-muted max-sm:px-0">At once</span>
        ) : (
          <Select
            aria-label={`${label}: pace`}
            options={PACES}
            value={choice.pace}
            onValueChange={(pace) => {
              if (pace === "now" || pace === "hourly" || pace === "daily") onChange(id, { ...choice, pace });
            }}
          />
        )}
      </div>
    </div>
  );
}
