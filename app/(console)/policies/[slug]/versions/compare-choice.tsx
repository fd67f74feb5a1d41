"use client";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";

import { compareHref, type VersionName } from "@/app/(console)/policies/[slug]/versions/search-params";
import { Select } from "@/components/ui/select";

interface CompareChoiceProps {
  slug: string;
  /** null: there is nothing before it. */
  a: VersionName | null;
  b: VersionName;
  versions: readonly number[];
  hasDraft: boolean;
}

/** Which two versions stand side by side. */
export function CompareChoice({ slug, a, b, versions, hasDraft }: CompareChoiceProps) {
  const router = useRouter();
  const known = new Set<number>([...versions, ...[a, b].filter((one) => typeof one === "number")]);
  const options = [
    ...(hasDraft ? [{ value: "draft", label: "Draft" }] : []),
    ...[...known].toSorted((x, y) => y - x).map((number) => ({ value: String(number), label: `Version ${number}` })),
  ];
  const nameOf = (value: string): VersionName => (value === "draft" ? "draft" : Number(value));
  const go = (before: VersionName, after: VersionName) =>
    router.push(compareHref(slug, before, after), { scroll: false });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        aria-label="Before"
        className="w-36"
        options={options}
        placeholder="Nothing"
        {...(a === null ? {} : { value: String(a) })}
        onValueChange={(value) => go(nameOf(value), b)}
      />
      <ArrowRight aria-hidden className="size-4 text-muted" />
      <Select
        aria-label="After"
        className="w-36"
        options={options}
        value={String(b)}
        onValueChange={(value) => go(a ?? nameOf(value), nameOf(value))}
      />
    </div>
  );
}
