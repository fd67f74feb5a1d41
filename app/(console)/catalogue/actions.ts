"use server";
import { defineAction } from "@/lib/auth/define-action";
import { createAction } from "@/lib/catalogue/action-create";
import { retireAction } from "@/lib/catalogue/action-retire";
import { reviveAction } from "@/lib/catalogue/action-revive";
import { saveAction } from "@/lib/catalogue/action-save";
import {
  actionIdInput,
  createActionInput,
  dismissUnclassifiedInput,
  reviveActionsInput,
  saveActionInput,
  saveSystemInput,
  systemIdInput,
} from "@/lib/catalogue/inputs";
import { createSystem } from "@/lib/catalogue/system-create";
import { retireSystem, reviveActions } from "@/lib/catalogue/system-retire";
import { saveSystem } from "@/lib/catalogue/system-save";
import { dismissUnclassified, requeueUnclassified } from "@/lib/catalogue/unclassified-dismiss";

const PAGES = ["/catalogue", "/catalogue/[action]", "/catalogue/systems", "/catalogue/unclassified"];
const WHOLE = { permission: "catalogue.write", node: "organisation", revalidate: PAGES } as const;

export const create = defineAction({
  ...WHOLE,
  input: createActionInput,
  run: (viewer, input) => createAction(viewer, input),
});
export const save = defineAction({
  ...WHOLE,
  input: saveActionInput,
  run: (viewer, input) => saveAction(viewer, input),
});
export const retire = defineAction({
  ...WHOLE,
  input: actionIdInput,
  run: (viewer, input) => retireAction(viewer, input),
});
export const revive = defineAction({
  ...WHOLE,
  input: actionIdInput,
  run: (viewer, input) => reviveAction(viewer, input),
});
export const addSystem = defineAction({
  ...WHOLE,
  input: saveSystemInput,
  run: (viewer, input) => createSystem(viewer, input),
});
export const changeSystem = defineAction({
  ...WHOLE,
  input: saveSystemInput,
  run: (viewer, input) => saveSystem(viewer, input),
});
export const retireWholeSystem = defineAction({
  ...WHOLE,
  input: systemIdInput,
  run: (viewer, input) => retireSystem(viewer, input),
});
export const reviveMany = defineAction({
  ...WHOLE,
  input: reviveActionsInput,
  run: (viewer, input) => reviveActions(viewer, input),
});
export const dismiss = defineAction({
  ...WHOLE,
  input: dismissUnclassifiedInput,
  run: (viewer, input) => dismissUnclassified(viewer, input),
});
export const requeue = defineAction({
  ...WHOLE,
  input: actionIdInput,
  run: (viewer, input) => requeueUnclassified(viewer, input),
});
