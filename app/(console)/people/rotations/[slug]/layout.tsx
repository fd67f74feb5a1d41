import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";

import { rotationOf } from "./rotation-of";

interface RotationLayoutProps {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: RotationLayoutProps): Promise<Metadata> {
  return { title: (await rotationOf((await params).slug))?.name ?? "Not found" };
}

/** Decides above `loading.tsx` whether there is such a rotation: once a skeleton is on its way, the answer can no longer be a 404. */
export default async function RotationLayout({ params, children }: RotationLayoutProps) {
  if (!(await rotationOf((await params).slug))) notFound();
  return children;
}
