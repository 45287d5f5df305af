/** A repository with its tag or digest; the part after the name in secondary ink. */
export function ImageName({ repository, suffix }: { readonly repository: string; readonly suffix: string }) {
  return (
    <span className="esscm-image-name">
      <span className="esscm-strong">{repository}</span>
      <span className="esscm-secondary">{suffix}</span>
    </span>
  );
}
