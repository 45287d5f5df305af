/** Operating system and processor of an image, in the words of the OCI image index (`GOOS`, `GOARCH`). */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  /** Such as `v8` for arm64. */
  readonly variant?: string;
  /** Windows only: the build the image needs. */
  readonly osVersion?: string;
}
