import { Bot, UserRound, UsersRound } from "lucide-react";

import type { ChoiceOption } from "@/components/form/choice-field";
import type { PersonChoice, PlaceChoice } from "@/lib/agents/chart-choices";

const ICONS = { team: UsersRound, person: UserRound, agent: Bot };

/** Nodes as a choice offers them: the kind as an icon, and where each stands. */
export const placeOptions = (places: readonly PlaceChoice[]): ChoiceOption[] =>
  places.map(({ id, name, kind, below }) => {
    const Icon = ICONS[kind];
    return {
      value: id,
      label: name,
      detail: below ?? undefined,
      icon: <Icon aria-hidden className="size-4 text-muted" />,
    };
  });

export const personOptions = (people: readonly PersonChoice[]): ChoiceOption[] =>
  people.map(({ id, name, email }) => ({ value: id, label: name, detail: email }));
