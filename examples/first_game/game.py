"""A first game: walk with the arrows, press E beside somebody, type, press Enter. Esc ends the talk, then the game."""

import pygame

from npc_engine import Engine

SPOTS = {"hanne": (200, 160), "bess": (600, 260)}  # who stands where, in pixels
STEPS = {pygame.K_LEFT: (-4, 0), pygame.K_RIGHT: (4, 0), pygame.K_UP: (0, -4), pygame.K_DOWN: (0, 4)}

pygame.init()
screen, clock = pygame.display.set_mode((800, 450)), pygame.time.Clock()
font = pygame.font.Font(None, 26)


def write(text, x, y):
    picture = font.render(text, True, "white")
    screen.blit(picture, picture.get_rect(midtop=(x, y)).clamp(screen.get_rect()))


with Engine.load("saltmere/", save="saltmere.npc") as engine:
    me, talk, reply, typed, running = pygame.Vector2(400, 360), None, None, "", True
    bubbles, bag = {}, []  # what each of them says, and what the player has bought
    while running:
        for event in pygame.event.get():
            pressed = event.key if event.type == pygame.KEYDOWN else None
            near = min(SPOTS, key=lambda npc: me.distance_to(SPOTS[npc]))
            if event.type == pygame.QUIT or (pressed == pygame.K_ESCAPE and talk is None):
                running = False
            elif talk is None:
                if event.type == pygame.KEYUP and event.key == pygame.K_e and me.distance_to(SPOTS[near]) < 90:
                    engine.move("player", engine.place_of(near))  # so that those who are there hear it
                    talk, typed = engine.talk_to(near), ""
            elif pressed == pygame.K_ESCAPE:
                talk.leave()
                talk = reply = None
            elif pressed == pygame.K_RETURN and typed.strip():
                reply, typed = talk.say(typed), ""  # returns at once
            elif pressed == pygame.K_BACKSPACE:
                typed = typed[:-1]
            elif event.type == pygame.TEXTINPUT:
                typed += event.text
        if talk is None:
            held = pygame.key.get_pressed()
            me += sum((pygame.Vector2(step) for key, step in STEPS.items() if held[key]), pygame.Vector2())
        happened = engine.advance(minutes=clock.tick(60) / 1000)  # a second here is a minute there
        bubbles |= {event.actor: event.text for event in happened if event.kind == "remark"}  # said unasked
        if reply:
            bubbles[talk.npc] = reply.text or "…"  # it grows, a sentence at a time
        if reply and reply.done and not reply.error:
            for action in reply.line().actions:  # what they agreed to: the game does it, and says that it did
                bag.append(engine.name(action.params["item"], article=False))
                engine.perform(action)
            reply = None
        screen.fill("darkslategray")
        for npc, spot in SPOTS.items():
            pygame.draw.circle(screen, "sandybrown", spot, 20)
            write(f"{engine.name(npc)}: {bubbles[npc]}" if npc in bubbles else engine.name(npc), spot[0], spot[1] - 46)
        pygame.draw.circle(screen, "skyblue", me, 16)
        write("    ".join([f"> {typed}_" if talk else "E: talk", *bag]), 400, 420)
        pygame.display.flip()
