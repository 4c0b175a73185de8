from npc_engine.dialogue.check.grounds import Fault
class Waiting(Fault): pass
class LargeChecker:
    is_over=False
    def __init__(self,*a,**k): pass
    def fault(self,s): return None
