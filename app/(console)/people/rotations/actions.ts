"use server";
import { defineAction } from "@/lib/auth/define-action";
import { createRotation } from "@/lib/rotations/create";
import { removeRotation } from "@/lib/rotations/remove";
import {
  createRotationInput,
  rotationInput,
  swapInput,
  unswapInput,
  updateRotationInput,
} from "@/lib/rotations/schemas";
import { swapTurn, unswapTurn } from "@/lib/rotations/swap";
import { updateRotation } from "@/lib/rotations/update";

const REVALIDATE = ["/people/rotations", "/people/rotations/[slug]"];

// Where a rotation stands, and so who may change it, is known by the row: the commands load that and decide.
export const addRotation = defineAction({
  permission: "chart.write",
  node: (input) => Promise.resolve(input.nodeId),
  input: createRotationInput,
  run: createRotation,
  revalidate: REVALIDATE,
});
export const saveRotation = defineAction({
  permission: "chart.write",
  input: updateRotationInput,
  run: updateRotation,
  revalidate: REVALIDATE,
});
export const endRotation = defineAction({
  permission: "chart.write",
  input: rotationInput,
  run: removeRotation,
  revalidate: ["/people/rotations"],
});
export const swap = defineAction({
  permission: "chart.write",
  input: swapInput,
  run: swapTurn,
  revalidate: REVALIDATE,
});
export const unswap = defineAction({
  permission: "chart.write",
  input: unswapInput,
  run: unswapTurn,
  revalidate: REVALIDATE,
});
