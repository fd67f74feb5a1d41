"use server";

import { moveNode } from "@/lib/agents/move";
import { createPersonNode } from "@/lib/agents/person-node-create";
import { renamePersonNode } from "@/lib/agents/person-node-update";
import { removeNode } from "@/lib/agents/remove";
import {
  createPersonNodeInput,
  createTeamInput,
  moveNodeInput,
  removeNodeInput,
  renameNodeInput,
  updateTeamInput,
} from "@/lib/agents/schemas";
import { createTeam } from "@/lib/agents/team-create";
import { updateTeam } from "@/lib/agents/team-update";
import { defineAction } from "@/lib/auth/define-action";

const PAGES = ["/chart", "/agents", "/agents/[slug]"];

export const addTeam = defineAction({
  permission: "chart.write",
  node: (input) => Promise.resolve(input.parentId),
  input: createTeamInput,
  run: (viewer, input) => createTeam(viewer, input),
  revalidate: PAGES,
});

export const changeTeam = defineAction({
  permission: "chart.write",
  node: (input) => Promise.resolve(input.id),
  input: updateTeamInput,
  run: (viewer, input) => updateTeam(viewer, input),
  revalidate: PAGES,
});

export const addPerson = defineAction({
  permission: "chart.write",
  node: (input) => Promise.resolve(input.parentId),
  input: createPersonNodeInput,
  run: (viewer, input) => createPersonNode(viewer, input),
  revalidate: PAGES,
});

export const renamePerson = defineAction({
  permission: "chart.write",
  node: (input) => Promise.resolve(input.id),
  input: renameNodeInput,
  run: (viewer, input) => renamePersonNode(viewer, input),
  revalidate: PAGES,
});

/** The places that it leaves and goes to need the right as well: the command looks at all three. */
export const move = defineAction({
  permission: "chart.write",
  node: (input) => Promise.resolve(input.id),
  input: moveNodeInput,
  run: (viewer, input) => moveNode(viewer, input),
  revalidate: PAGES,
});

export const remove = defineAction({
  permission: "chart.write",
  node: (input) => Promise.resolve(input.id),
  input: removeNodeInput,
  run: (viewer, input) => removeNode(viewer, input),
  revalidate: PAGES,
});
