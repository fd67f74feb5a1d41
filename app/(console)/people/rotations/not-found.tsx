import { NoSuch } from "@/components/shell/no-such";

export default function RotationNotFound() {
  return (
    <NoSuch
      what="rotation"
      why="It does not exist, or stands outside the part of the chart that you may see."
      back={{ href: "/people/rotations", label: "All rotations" }}
    />
  );
}
