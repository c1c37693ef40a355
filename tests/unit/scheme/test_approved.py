from perfxl.model.approved import ApprovedTarget
from perfxl.scheme.approved import approved_constants, approved_values, read_approved

TARGETS = (
    ApprovedTarget(("产出指标", "数量指标", '演练"桌面"场次'), "定量正向", "80", "场"),
    ApprovedTarget(("效益指标", "社会效益指标", "影响" * 200), "定性", "显著\\" * 100, ""),
    ApprovedTarget(("", "", "满意度"), "", "≥90%", ""),
)


def test_targets__come_back_from_either_home() -> None:
    names, properties = approved_constants(TARGETS), approved_values(TARGETS)
    assert read_approved(names, properties) == TARGETS
    assert read_approved({}, properties) == TARGETS
    assert read_approved({name.upper(): f"={text}" for name, text in names.items()}, {}) == TARGETS


def test_texts__fit_a_string_constant() -> None:
    values = approved_values(TARGETS)
    assert max(map(len, values.values())) <= 255
    assert len(values) > len(TARGETS)


def test_damaged_target__is_left_out_and_the_rest_is_read() -> None:
    names = approved_constants(TARGETS)
    names.pop("_perfxl_t_0002_1")
    assert read_approved(names, {}) == (TARGETS[0], TARGETS[2])
    assert read_approved({"_perfxl_t_0001_1": '"[1,2]"'}, {}) == ()
    assert read_approved({"_perfxl_t_0001_1": "#REF!"}, {}) == ()


def test_name_that_lost_its_text__is_read_from_the_property() -> None:
    names = dict.fromkeys(approved_constants(TARGETS), "#REF!")
    assert read_approved(names, approved_values(TARGETS)) == TARGETS
