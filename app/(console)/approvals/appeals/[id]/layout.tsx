import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { titleOf } from "./title-of";

interface AppealLayoutProps {
  params: Promise<{ id: string }>;
  children: ReactNode;
}

export async function generateMetadata({ params }: AppealLayoutProps): Promise<Metadata> {
  return { title: (await titleOf((await params).id)) ?? "Not found" };
}

/** Decides above `loading.tsx` whether there is such an appeal: once a skeleton is on its way, the answer can no longer be a 404. */
export default async function AppealLayout({ params, children }: AppealLayoutProps) {
  if ((await titleOf((await params).id)) === null) notFound();
  return children;
}
