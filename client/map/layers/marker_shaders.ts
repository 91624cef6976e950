// The shaders of the marker layer (GLSL ES 3.00). All lengths are CSS px; the shapes are signed distances, so that they are
// sharp at any density. Constants mirror marker_layer.ts.

export const VERTEX = `\
#version 300 es
#define SHADER_NAME liaowang-marker-vertex

in vec3 positions;
in vec3 instancePositions;
in vec3 instancePositions64Low;
in vec4 instanceMarks;

out vec2 vPixel;
out vec3 vMark;

void main(void) {
  geometry.worldPosition = instancePositions;
  vec4 mark = floor(instanceMarks * 255.0 + 0.5);
  bool alarmed = mark.x > 0.5 && mark.x < 4.5;
  float radius = mark.z * marker.scale;
  if (alarmed) radius = max(radius * 1.35, 9.0 * marker.scale);
  // Room for the ring and the smooth edge.
  float reach = radius + 8.0 * marker.scale;
  vPixel = positions.xy * reach;
  vMark = vec3(mark.x, mark.y, radius);
  geometry.uv = positions.xy;
  geometry.pickingColor = picking_getPickingColorFromInstanceID();
  gl_Position = project_position_to_clipspace(instancePositions, instancePositions64Low, vec3(0.0), geometry.position);
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  vec3 offset = vec3(vPixel, 0.0);
  DECKGL_FILTER_SIZE(offset, geometry);
  gl_Position.xy += project_pixel_size_to_clipspace(offset.xy);
  if (mark.w < 0.5) gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
}
`;

export const FRAGMENT = `\
#version 300 es
#define SHADER_NAME liaowang-marker-fragment

precision highp float;

in vec2 vPixel;
in vec3 vMark;

out vec4 fragColor;

float segment(vec2 p, vec2 a, vec2 b) {
  vec2 pa = p - a;
  vec2 ba = b - a;
  return length(pa - ba * clamp(dot(pa, ba) / dot(ba, ba), 0.0, 1.0));
}

float triangle(vec2 p, float r) {
  // Equilateral, pointing up, with the circle's optical weight.
  p.y += r * 0.18;
  float k = sqrt(3.0);
  p.x = abs(p.x) - r;
  p.y = p.y + r / k;
  if (p.x + k * p.y > 0.0) p = vec2(p.x - k * p.y, -k * p.x - p.y) / 2.0;
  p.x -= clamp(p.x, -2.0 * r, 0.0);
  return -length(p) * sign(p.y);
}

float octagon(vec2 p, float r) {
  const vec3 k = vec3(-0.9238795325, 0.3826834323, 0.4142135623);
  p = abs(p);
  p -= 2.0 * min(dot(vec2(k.x, k.y), p), 0.0) * vec2(k.x, k.y);
  p -= 2.0 * min(dot(vec2(-k.x, k.y), p), 0.0) * vec2(-k.x, k.y);
  p -= vec2(clamp(p.x, -k.z * r, k.z * r), r);
  return length(p) * sign(p.y);
}

float shape(float state, vec2 p, float r) {
  if (state < 1.5) return length(p) - r;
  if (state < 2.5) return triangle(p, r * 1.12);
  if (state < 3.5) return (abs(p.x) + abs(p.y) - r * 1.28) * 0.70710678;
  return octagon(p, r * 0.98);
}

// I, II, III or IV in strokes, about r high.
float numeral(float state, vec2 p, float r) {
  float h = r * 0.42;
  float step = r * 0.34;
  if (state > 3.5) return segment(p, vec2(0.0, -h), vec2(0.0, h));
  if (state > 2.5) return min(segment(p, vec2(-step * 0.6, -h), vec2(-step * 0.6, h)), segment(p, vec2(step * 0.6, -h), vec2(step * 0.6, h)));
  if (state > 1.5) {
    p.y += r * 0.18;
    h *= 0.85;
    float side = min(segment(p, vec2(-step, -h), vec2(-step, h)), segment(p, vec2(step, -h), vec2(step, h)));
    return min(side, segment(p, vec2(0.0, -h), vec2(0.0, h)));
  }
  float one = segment(p, vec2(-r * 0.48, -h), vec2(-r * 0.48, h));
  float v = min(segment(p, vec2(-r * 0.18, h), vec2(r * 0.16, -h)), segment(p, vec2(r * 0.50, h), vec2(r * 0.16, -h)));
  return min(one, v);
}

vec4 over(vec4 top, vec4 under) {
  float alpha = top.a + under.a * (1.0 - top.a);
  if (alpha <= 0.0) return vec4(0.0);
  return vec4((top.rgb * top.a + under.rgb * under.a * (1.0 - top.a)) / alpha, alpha);
}

vec4 painted(vec4 colour, float distance) {
  return vec4(colour.rgb, colour.a * clamp(0.5 - distance, 0.0, 1.0));
}

vec4 ringOf(float ring, vec2 p, float r, vec4 level) {
  if (ring < 0.5) return vec4(0.0);
  float at = r * 1.18 + 3.0 * marker.scale;
  if (ring < 1.5) return painted(marker.ring * vec4(1.0, 1.0, 1.0, 0.55), abs(length(p) - at) - 0.5 * marker.scale);
  float width = 1.0 * marker.scale;
  if (ring > 2.5) {
    at += marker.breath * 2.0 * marker.scale;
    width *= 1.6;
  }
  return painted(level, abs(length(p) - at) - width);
}

vec4 drawStale(vec2 p, float r) {
  float band = abs(length(p) - r * 0.8) - 0.9 * marker.scale;
  // The gap stands at the upper right: half a glance tells it from a full ring.
  float gap = dot(normalize(p + 1e-4), vec2(0.70710678));
  vec4 colour = painted(marker.stale, band);
  if (gap > 0.80) colour.a = 0.0;
  return colour;
}

void main(void) {
  float state = vMark.x;
  float r = vMark.z;
  vec4 colour;
  if (state < 0.5) {
    float d = length(vPixel) - r * 0.62;
    colour = over(painted(marker.normal, d), painted(marker.outline, d - 1.25 * marker.scale));
  } else if (state > 4.5) {
    colour = drawStale(vPixel, r);
  } else {
    vec4 level = state < 1.5 ? marker.blue : state < 2.5 ? marker.yellow : state < 3.5 ? marker.orange : marker.red;
    float d = shape(state, vPixel, r);
    colour = painted(marker.outline, numeral(state, vPixel, r) - max(0.75, r * 0.085));
    colour = over(colour, painted(level, d));
    colour = over(colour, painted(marker.outline, d - 1.5 * marker.scale));
    colour = over(colour, ringOf(vMark.y, vPixel, r, level));
  }
  if (colour.a < 0.004) discard;
  fragColor = colour;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;
